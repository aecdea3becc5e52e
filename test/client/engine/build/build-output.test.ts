import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBuild } from "../../../../client/src/engine/build/build-output";
import { decodeStatus } from "../../../../client/src/engine/build/buildkit-status";
import { buildText } from "../../../../client/src/texts/build-output";
import { log, trace, vertex } from "../messages";

async function read(text: string, size = 7) {
  let printed = "";
  const steps: unknown[] = [];
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const outcome = await readBuild(chunks(), (output) => {
    if (output.kind === "step") steps.push([output.stage, output.number, output.of, output.text]);
    else printed += buildText(output);
  });
  return { ...outcome, printed, steps };
}

const image = '{"id":"moby.image.id","aux":{"ID":"sha256:1"}}\n';

describe("BuildKit", () => {
  test("steps with numbers, output by whole lines, times", async () => {
    const stream =
      trace(vertex({ digest: "a", name: "[1/2] FROM debian:12", started: 10 })) +
      trace(vertex({ digest: "a", name: "[1/2] FROM debian:12", started: 10, completed: 10, cached: true })) +
      trace(vertex({ digest: "b", name: "[2/2] RUN x", started: 11 }), log("b", "first\r\nsec")) +
      trace(log("b", Buffer.from([0xc3])), log("b", Buffer.from([0xbc, 0x0a])), log("b", "rest")) +
      trace(vertex({ digest: "b", name: "[2/2] RUN x", started: 11, completed: 13 })) +
      image;
    expect(await read(stream)).toEqual({
      error: undefined,
      step: undefined,
      image: true,
      steps: [
        [undefined, 1, 2, "FROM debian:12"],
        [undefined, 2, 2, "RUN x"],
      ],
      printed: [
        "#1 [1/2] FROM debian:12",
        "#1 CACHED",
        "#2 [2/2] RUN x",
        "#2 first",
        "#2 secü",
        "#2 rest",
        "#2 DONE 2.0s",
        "",
      ].join("\n"),
    });
  });

  test("the step to blame is the one that failed, not those that were stopped for it", async () => {
    const stop = { started: 1, completed: 2, error: "process failed: context canceled" };
    const fail = { started: 1, completed: 2, error: "exit code: 3" };
    const stream =
      trace(vertex({ digest: "a", name: "[one 2/2] RUN a", started: 1 })) +
      trace(vertex({ digest: "b", name: "[stage-1 3/9] RUN b", started: 1 })) +
      trace(vertex({ digest: "a", name: "[one 2/2] RUN a", ...stop })) +
      trace(vertex({ digest: "b", name: "[stage-1 3/9] RUN b", ...fail })) +
      '{"errorDetail":{"message":"exit code: 3"},"error":"exit code: 3"}\n';
    expect(await read(stream)).toMatchObject({
      error: "exit code: 3",
      step: { stage: "stage-1", number: 3, text: "RUN b" },
      steps: [
        ["one", 2, 2, "RUN a"],
        ["stage-1", 3, 9, "RUN b"],
      ],
      image: false,
      printed: expect.stringContaining("#2 ERROR: exit code: 3\nERROR: exit code: 3\n"),
    });
  });

  test("whatever comes in aux, it is read to an end", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const status = decodeStatus(Buffer.from(bytes).toString("base64"));
        expect(Array.isArray(status.vertexes)).toBe(true);
      }),
    );
  });
});

describe("classic builders", () => {
  test("Docker: the last step that began is the one that failed", async () => {
    const stream =
      '{"stream":"Step 1/2 : FROM debian:12\\n"}\n{"status":"Pulling","id":"abc"}\n' +
      '{"status":"Downloading","id":"abc","progress":"[==> ]"}\n{"stream":"Step 2/2 : RUN false"}\n' +
      '{"stream":"\\n"}\n{"error":"The command \'/bin/sh -c false\' returned a non-zero code: 1"}\n';
    expect(await read(stream)).toEqual({
      error: "The command '/bin/sh -c false' returned a non-zero code: 1",
      step: { number: 2, of: 2, text: "RUN false" },
      steps: [
        [undefined, 1, 2, "FROM debian:12"],
        [undefined, 2, 2, "RUN false"],
      ],
      image: false,
      printed:
        "Step 1/2 : FROM debian:12\nabc: Pulling\nStep 2/2 : RUN false\n" +
        "ERROR: The command '/bin/sh -c false' returned a non-zero code: 1\n",
    });
  });

  test("Podman: steps of several stages", async () => {
    const stream = '{"stream":"[2/2] STEP 3/4: RUN x\\n"}\n{"stream":"Successfully built 123\\n"}\n';
    expect(await read(stream)).toMatchObject({ step: { number: 3, text: "RUN x" }, image: true });
  });

  test("what is no JSON is left out; a stream that breaks off has no image", async () => {
    expect(await read('not json\n\n{"stream":"x"}\nnull\n7\n{"stream"')).toMatchObject({
      printed: "x",
      image: false,
      error: undefined,
    });
  });
});
