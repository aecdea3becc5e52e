import { describe, expect, test } from "vitest";
import { buttons, questions } from "./english";
import { world } from "./world";

const earlier = {
  id: "e".repeat(64),
  name: "web-systemd",
  status: "Up",
  running: true,
  image: "web:systemd",
};

describe("a container of the same name that an earlier boot created", () => {
  test("is replaced after a question, which can be the last one in the workspace", async () => {
    const { run, press, events } = world({ containers: [earlier] });
    await run("buildAndBoot");
    expect(events).toContain(`asked: ${questions.replace("web-systemd", true)[0]}`);
    await press(buttons.alwaysReplace());
    expect(events).toContain("always replaces");
  });

  test("is replaced without a question where the settings say so", async () => {
    const { run, events } = world({ containers: [earlier], ui: { replacesAlways: () => true } });
    await run("buildAndBoot");
    expect(events.filter((event) => event.startsWith("asked:"))).toEqual([]);
    expect(events.join()).toContain("web-systemd");
  });
});
