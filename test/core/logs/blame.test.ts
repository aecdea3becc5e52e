import { expect, test } from "vitest";
import { message } from "../../../server/src/core/base/message";
import type { Finding, Severity } from "../../../server/src/core/lint/rule";
import { blameCause } from "../../../server/src/core/logs/blame";

const finding = (rule: string, ownSeverity: Severity): Finding => ({
  ...{ rule, ownSeverity, severity: ownSeverity, span: { start: 0, end: 1 } },
  ...{ subjects: [], message: message("a.b", "c"), fixes: [], related: [] },
});
const rules = ["run-init", "image-shell-form-init"];

test("of findings of a cause's rules the most severe one is to blame, of these that of the likeliest rule", () => {
  const blamed = (...severities: [Severity, Severity]) =>
    blameCause({ rules }, [
      { uri: "compose.yaml", findings: [finding("run-init", severities[0])] },
      { uri: "Dockerfile", findings: [finding("image-shell-form-init", severities[1])] },
    ])?.uri;
  expect(blamed("error", "error")).toBe("compose.yaml");
  expect(blamed("warning", "error")).toBe("Dockerfile");
  expect(blamed("warning", "hint")).toBe("compose.yaml");
});
