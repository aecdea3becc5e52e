import { expect, test } from "vitest";
import { madeFromMethod } from "../../server/src/protocol";
import { connect } from "./connection";

test("a service is made from what its Dockerfile copies, from files that no one has open", async () => {
  const uri = "file:///project/compose.yaml";
  const dockerfile = "FROM debian:12\nCOPY web.service /etc/systemd/system/\n";
  const { client, disk, close } = await connect({
    disk: {
      [uri]: "services: {web: {build: web}, db: {image: db}}",
      "file:///project/web/Dockerfile": dockerfile,
    },
  });
  const isMadeFrom = (name: string, other: string) =>
    client.sendRequest<boolean>(madeFromMethod, { uri, name, other: `file:///project/${other}` });
  expect(await isMadeFrom("web", "web/Dockerfile")).toBe(true);
  expect(await isMadeFrom("web", "web/web.service")).toBe(true);
  expect(await isMadeFrom("web", "web/page")).toBe(false);
  expect(await isMadeFrom("db", "web/web.service")).toBe(false);
  disk.set("file:///project/web/Dockerfile", `${dockerfile}COPY page /srv/\n`);
  expect(await isMadeFrom("web", "web/page")).toBe(true);
  disk.delete(uri);
  expect(await client.sendRequest<boolean>(madeFromMethod, { uri: "file:///project/none", other: uri })).toBe(
    false,
  );
  await close();
});
