// Stands in for the native module @vscode/native-watchdog. It would end a hung extension host whose parent is gone;
// here a process that outlives its parent is ended by the guard that started it.
exports.start = () => {};
exports.exit = (code = 0) => process.exit(code);
