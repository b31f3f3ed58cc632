// Stands in for the native module @vscode/spdlog, so that no compiler is needed: VS Code's log files, written at once.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
  #file;
  #maxBytes;
  #bytes;
  #level = 2;
  #bare = false;

  constructor(_kind, _name, file, maxBytes) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#bytes = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  #write(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, 23);
    const line = this.#bare ? message : `${time} [${levels[level]}] ${message}\n`;
    if (this.#bytes > this.#maxBytes) {
      fs.renameSync(this.#file, `${this.#file}.1`);
      this.#bytes = 0;
    }
    fs.appendFileSync(this.#file, line);
    this.#bytes += Buffer.byteLength(line);
  }

  trace(message) {
    this.#write(0, message);
  }
  debug(message) {
    this.#write(1, message);
  }
  info(message) {
    this.#write(2, message);
  }
  warn(message) {
    this.#write(3, message);
  }
  error(message) {
    this.#write(4, message);
  }
  critical(message) {
    this.#write(5, message);
  }
  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  setPattern() {
    this.#bare = false;
  }
  clearFormatters() {
    this.#bare = true;
  }
  flush() {}
  drop() {}
}

exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file, maxBytes) => new Logger('rotating', name, file, maxBytes);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
