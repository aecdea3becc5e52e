import { expect, test } from "vitest";
import { somePlan, world } from "./world";

test("the options of systemd are not copied for an image that does not boot it, unless they are wanted", async () => {
  const server = { plan: async () => ({ ...somePlan, boots: "no" as const }) };
  const declined = world({ server, ui: { confirm: async () => false } });
  await declined.run("copyRunCommand");
  expect(declined.events.filter((event) => event.startsWith("copied:"))).toEqual([]);
  const agreed = world({ server });
  await agreed.run("copyRunCommand");
  expect(agreed.events.filter((event) => event.startsWith("copied:"))).toHaveLength(1);
});

test("the picker shows only what has one line", async () => {
  const details: (string | undefined)[] = [];
  const { run } = world({
    server: { plan: async () => ({ ...somePlan, compose: "services:\n  web:\n    image: web\n" }) },
    ui: {
      pick: async (_title, choices) => {
        details.push(...choices.map(({ detail }) => detail));
        return undefined;
      },
    },
  });
  await run("copyRunCommand");
  expect(details.filter((detail) => detail?.includes("services"))).toEqual([]);
  expect(details).toContain(undefined);
});
