// A language server over IPC that computes for ever once it is given a document whose text says so.
process.on("message", ({ id, method, params }) => {
  if (id !== undefined) process.send({ jsonrpc: "2.0", id, result: { capabilities: {} } });
  if (method !== "textDocument/didOpen") return;
  const { uri, text } = params.textDocument;
  process.send({ jsonrpc: "2.0", method: "systemdContainers/linting", params: { uri } });
  while (text.includes("hang")) {}
});
