-- Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
--
-- The bundled example in Neovim, with its own client:
--
--   PROJECT=COPY-OF-RELAY CORO_CLANGD=FILE CORO_TIDY=FILE \
--     nvim --headless --clean -c 'luafile neovim.lua'

local project = vim.loop.fs_realpath(vim.env.PROJECT)

local function finish(code)
  io.stdout:flush()
  vim.cmd(code == 0 and 'qall!' or 'cquit ' .. code)
end

local function expect(condition, what)
  io.stdout:write((condition and 'ok: ' or 'WRONG: ') .. what .. '\n')
  if not condition then
    io.stdout:write(vim.inspect(vim.diagnostic.get(0)) .. '\n')
    finish(1)
    error(what)
  end
end

-- The finding whose message has WHAT in it.
local function finding(what)
  for _, each in ipairs(vim.diagnostic.get(0)) do
    if each.code and vim.startswith(each.code, 'coro-') and
      each.message:find(what, 1, true) then
      return each
    end
  end
end

local function notes(diagnostic)
  local result = {}
  for _, each in ipairs(diagnostic.user_data.lsp.relatedInformation or {}) do
    table.insert(result,
      vim.fn.fnamemodify(vim.uri_to_fname(each.location.uri), ":t") .. ': ' .. each.message)
  end
  return result
end

local function wait(what, condition)
  expect(vim.wait(180000, condition, 100), what)
end

local function refresh_index()
  vim.fn.system({ 'env', '-C', project, vim.env.CORO_TIDY, '-p', 'build',
    '--quiet', '--cache-dir=.cache/coro-tidy' })
  expect(vim.v.shell_error == 1, 'coro-tidy writes the index')
end

local function type_a_line()
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '' })
end

local function run()
  refresh_index()
  vim.cmd('edit ' .. project .. '/session.cpp')
  local client = vim.lsp.start_client({
    name = 'coro-clangd', cmd = { vim.env.CORO_CLANGD }, root_dir = project,
  })
  vim.lsp.buf_attach_client(0, client)

  wait('a finding whose chain goes into another file', function()
    local put = finding('Store::put')
    return put and vim.startswith(notes(put)[1] or '', 'store.cpp: ')
  end)

  local lost = finding('async_wait')
  expect(lost and lost.code == 'coro-discarded-task', 'a lost task')
  local parameters = vim.lsp.util.make_range_params()
  local place = lost.user_data.lsp
  parameters.range = { start = { line = lost.lnum, character = lost.col },
    ['end'] = { line = lost.end_lnum, character = lost.end_col } }
  parameters.context = { diagnostics = { {
    range = parameters.range, message = lost.message, code = lost.code,
    severity = lost.severity, source = lost.source,
    relatedInformation = place.relatedInformation } } }
  local replies = vim.lsp.buf_request_sync(0, 'textDocument/codeAction',
    parameters, 60000)
  local fix
  for _, action in ipairs(replies[client].result) do
    if action.kind == 'quickfix' and action.edit then
      fix = fix or action
    end
  end
  expect(fix, 'a code action for it')
  vim.lsp.util.apply_workspace_edit(fix.edit,
    vim.lsp.get_client_by_id(client).offset_encoding)
  expect(vim.fn.search('co_await Pause.async_wait(use_awaitable);', 'w') > 0,
    'which awaits the task')
  wait('the finding is gone', function() return not finding('async_wait') end)

  local store = project .. '/store.cpp'
  local lines = vim.fn.readfile(store)
  for number, line in ipairs(lines) do
    if line:find('  append(Key +', 1, true) then
      table.insert(lines, number,
        '  std::this_thread::sleep_for(std::chrono::milliseconds(1));')
      break
    end
  end
  vim.fn.writefile(lines, store)
  refresh_index()
  type_a_line()
  wait('a helper changed, the index renewed: the new chain', function()
    local put = finding('Store::put')
    return put and table.concat(notes(put)):find('sleep_for', 1, true)
  end)
  vim.lsp.stop_client(client)
end

local good, problem = pcall(run)
if not good then
  io.stdout:write(tostring(problem) .. '\n')
end
finish(good and 0 or 1)
