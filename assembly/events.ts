// What the kernel cannot do itself, and what it has to say; core/connectors/csv/csv-kernel.ts says what each is for.
export declare function parseDate(at: usize, length: u32): i32;
export declare function reportDate(column: u32, record: u32, at: usize, length: u32): void;
export declare function reportMissing(column: u32, record: u32): void;
export declare function reportSurplus(cells: u32, record: u32): void;
export declare function addWideDay(column: u32, row: u32, day: i32): void;
/** NaN for what is no date. */
export declare function parseInstant(at: usize, length: u32): f64;
/** Whether the day of the date that was parsed last is at most 12. */
export declare function isEarly(): bool;
