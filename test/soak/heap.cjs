// Loaded into the server's process: answers each message of the parent with the heap used after a collection.
process.on("message", () => {
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage().heapUsed);
});
// The server ends when its client does, not when this channel closes.
process.channel.unref();
