"""What the program promises as a whole, shown from outside: the program as a process, plain git, a real terminal.

What it must show
- the handbook's example typed in with `new`: figures → test_golden_case (and cli/test_overview, field by field)
- the same words on the screen at 80×24 and 160×45, every cell under the cursor → test_golden_case
- no store: three questions or the sample → test_first_start; a named store: 一覧表, gaps in sight → test_first_start
- a gap, F4, a Japanese title, Ctrl+S: the cell changes, message, status and fsck → test_gap
- a second process's save on the first one's screen within a second, cursor kept → test_two_sessions
- one field of any record of the sample is a diff of that field → test_one_field
- `load(dump(x)) == x` for every kind, by hypothesis → files/test_codec
- `fmt --check` and `check` on the sample: 0 → test_check (in the package's own words: test_sample)
- `check`: every problem of every file in one run, nothing written, exit code 1 → test_check, cli/test_check
- 8 processes × 15 `set`: 120 commits, none foreign, every HEAD right → test_two_sessions (in process:
  workspace/test_many_hands)

Bad input
- broken TOML, wrong types, unknown kinds and keys, dangling references, duplicate ids, over-long text, control
  characters, invalid UTF-8, CP932, BOM, CRLF, a symbolic link, a newer format → test_bad_input, a case each;
  keys that a list has twice → records/test_checks
- no identity, no git, not a repository, a place that cannot be written, merge and rebase in progress, hostile settings,
  a signature that fails → test_refusals, a case each; the other unfinished states → history/test_state
- a hung git: the keys are answered, the text is in a draft → test_refusals; ended in time and in words →
  workspace/test_refusals, history/test_git; a full disk → workspace/test_refusals
"""
