-- Walks through a configuration as a person in Neovim would, and writes what they would see to a file of JSON.
-- Environment: SERVER_COMMAND (JSON list), WALK_FILE (the configuration to open), WALK_OUT (where the answers go).
local server_command = vim.fn.json_decode(vim.env.SERVER_COMMAND)
local seen = {}

local function wait_for(what, condition)
	if not vim.wait(20000, condition, 20) then
		error("waited in vain for " .. what)
	end
end

local function lines()
	return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

-- Puts the cursor on the first character of a pattern, plus some columns.
local function go_to(pattern, columns)
	for number, line in ipairs(lines()) do
		local column = line:find(pattern)
		if column then
			vim.api.nvim_win_set_cursor(0, { number, column - 1 + (columns or 0) })
			return number
		end
	end
	error("there is no line with " .. pattern)
end

local function diagnostics()
	local found = {}
	for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
		local lsp = diagnostic.user_data and diagnostic.user_data.lsp or {}
		table.insert(found, { code = tostring(diagnostic.code or lsp.code), line = diagnostic.lnum + 1, message = diagnostic.message })
	end
	return found
end

local function has_diagnostic(code)
	for _, diagnostic in ipairs(diagnostics()) do
		if diagnostic.code == code then
			return true
		end
	end
	return false
end

-- The texts of all floating windows, which is where a hover is shown.
local function floating_text()
	for _, window in ipairs(vim.api.nvim_list_wins()) do
		if vim.api.nvim_win_get_config(window).relative ~= "" then
			local text = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
			vim.api.nvim_win_close(window, true)
			return table.concat(text, "\n")
		end
	end
	return nil
end

-- Takes the first code action whose title holds some words, in the menu that Neovim would show.
local function take_action(words)
	local titles
	vim.ui.select = function(items, options, on_choice)
		titles = {}
		local chosen
		for _, item in ipairs(items) do
			local title = options.format_item(item)
			table.insert(titles, title)
			if not chosen and title:find(words, 1, true) then
				chosen = item
			end
		end
		on_choice(chosen)
	end
	vim.lsp.buf.code_action()
	wait_for("code actions", function()
		return titles ~= nil
	end)
	return titles
end

local function walk()
	vim.cmd("edit " .. vim.fn.fnameescape(vim.env.WALK_FILE))
	vim.bo.filetype = "usage-report"
	local client_id = vim.lsp.start_client({
		name = "usage-report",
		cmd = server_command,
		root_dir = vim.fn.fnamemodify(vim.env.WALK_FILE, ":p:h"),
		workspace_folders = {
			{ uri = vim.uri_from_fname(vim.fn.fnamemodify(vim.env.WALK_FILE, ":p:h")), name = "walk" },
		},
	})
	vim.lsp.buf_attach_client(0, client_id)

	wait_for("diagnostics", function()
		return has_diagnostic("limits/without-advice") and has_diagnostic("schema/unknown-key")
	end)
	seen.diagnostics = diagnostics()

	go_to("UsedCategoryLimit:")
	vim.lsp.buf.hover()
	wait_for("a hover", function()
		seen.hover = floating_text()
		return seen.hover ~= nil
	end)

	go_to("dataSourcs")
	seen.actions = take_action("dataSources")
	wait_for("the key to be mended", function()
		return not has_diagnostic("schema/unknown-key")
	end)
	seen.mended = vim.fn.getline(".")

	-- As a person types: a new line below the limits, a first letter, and the keys for completion.
	vim.bo.omnifunc = "v:lua.vim.lsp.omnifunc"
	vim.o.completeopt = "menu,menuone,noinsert"
	go_to("UnusedCategoryLimit")
	vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes("ddkoUn<C-x><C-o>", true, false, true), "n", false)
	local function menu()
		local words = {}
		for _, item in ipairs(vim.fn.complete_info({ "items" }).items) do
			table.insert(words, item.abbr ~= "" and item.abbr or item.word)
		end
		return words
	end
	-- Keys that were fed are typed once the script gives way.
	local timer = vim.loop.new_timer()
	local tries = 0
	timer:start(50, 50, vim.schedule_wrap(function()
		tries = tries + 1
		seen.completion = menu()
		if #seen.completion == 0 and tries < 200 then
			return
		end
		timer:stop()
		timer:close()
		vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes("<C-y><Esc>", true, false, true), "n", false)
		vim.defer_fn(_G.walk_on, 200)
	end))
end

-- What a server answers to a request about the cursor, which lists of Neovim would show.
local function ask(method, more)
	local params = vim.lsp.util.make_position_params()
	for key, value in pairs(more or {}) do
		params[key] = value
	end
	local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
	for _, answer in pairs(answers) do
		if answer.error then
			error(method .. ": " .. answer.error.message)
		end
		return answer.result or {}
	end
	error(method .. " was not answered")
end

local function names_of(symbols, found)
	for _, symbol in ipairs(symbols) do
		table.insert(found, symbol.name)
		names_of(symbol.children or {}, found)
	end
	return found
end

-- The rest of the walk, once completion has been taken.
function _G.walk_on()
	local walked, failure = pcall(function()
		seen.completed = lines()
		seen.symbols = names_of(ask("textDocument/documentSymbol"), {})

		go_to("project%.usage")
		local start = vim.api.nvim_buf_get_name(0)
		vim.lsp.buf.definition()
		wait_for("the definition", function()
			return vim.api.nvim_buf_get_name(0) ~= start
		end)
		seen.definition = { vim.api.nvim_buf_get_name(0), vim.fn.line(".") }
		vim.cmd("buffer! " .. vim.fn.bufnr(start))

		go_to("Word%]")
		seen.references = {}
		for _, location in ipairs(ask("textDocument/references", { context = { includeDeclaration = true } })) do
			table.insert(seen.references, location.uri)
		end
		vim.lsp.buf.rename("Word processor")
		wait_for("the new name", function()
			return table.concat(lines(), "\n"):find("[Word processor]", 1, true) ~= nil
		end)
		seen.renamed = lines()
		local other = vim.fn.bufnr("other.usage.yaml")
		vim.fn.bufload(other)
		seen.renamedElsewhere = vim.api.nvim_buf_get_lines(other, 0, -1, false)

		local format = vim.lsp.buf.format or vim.lsp.buf.formatting_sync
		format()
		seen.formatted = lines()
	end)
	if not walked then
		seen.failure = tostring(failure)
	end
	_G.walk_end()
end

function _G.walk_end()
	local out = io.open(vim.env.WALK_OUT, "w")
	out:write(vim.fn.json_encode(seen))
	out:close()
	vim.cmd("qall!")
end

local ok, failure = pcall(walk)
if not ok then
	seen.failure = tostring(failure)
	_G.walk_end()
end
