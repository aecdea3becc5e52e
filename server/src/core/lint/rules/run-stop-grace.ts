import { enabledBy } from "../../boot/target";
import type { SpecChange } from "../../container/spec";
import type { ContainerSubject } from "../../project/subject";
import { stepsFix } from "../queries/fixes";
import { placeOf } from "../queries/run-file";
import { containerRule } from "../rule";

/** How long systemd itself waits for a service to stop (DefaultTimeoutStopSec=). */
const systemdWaits = 90;

/** What engines wait before they kill, where nothing is said. */
const engineWaits = 10;

/** Services that write back what they hold in memory when they stop. */
const databases =
  /^(postgresql|mysqld?|mariadb|mongod|redis|cassandra|elasticsearch|opensearch|slapd|couchdb|influxdb|oracle|neo4j|rabbitmq-server)([-@].*)?\.service$/;

export const runStopGrace = containerRule({
  id: "run-stop-grace",
  title: "Give services the time to stop",
  severity: "hint",
  why: `
    A stop ends in SIGKILL when the container is not down within the grace period, 10 seconds unless it is
    set. systemd itself gives every service 90 seconds to stop. Most need none of it; a database that writes
    back what it holds may need more than 10.
  `,
  consequence: "Services that take longer are killed in the middle of stopping, exit code 137.",
  symptoms: ["killed-on-stop"],
  ignore: "Services of the image stop in an instant, or may lose what they hold.",
  evidence: {
    sourced: "Docker documentation, docker container stop; systemd-system.conf(5), DefaultTimeoutStopSec=",
    why: "a stop of the measured images takes 0.2 to 0.6 s; how long a database takes depends on its data.",
  },
  messages: {
    short:
      "{seconds} s is less than the {normal} s that engines wait by themselves; systemd gives each service {right} s.",
    database:
      "{unit} may take longer to stop than the {normal} s after which the engine kills it; systemd gives it {right} s.",
  },
  fixes: {
    fix: "Set {what}",
  },
  *check(subject, say) {
    const { source } = subject;
    const { stopGrace } = source.spec;
    const unit = stopGrace === undefined ? databaseOf(subject) : undefined;
    if (unit === undefined && (stopGrace === undefined || stopGrace >= engineWaits)) return;
    const step: SpecChange = { do: "set", key: "stopGrace", value: systemdWaits };
    const args = {
      seconds: String(stopGrace),
      unit: unit ?? "",
      normal: String(engineWaits),
      right: String(systemdWaits),
    };
    yield {
      span: placeOf(source, { key: "stopGrace" }),
      message: say(unit === undefined ? "short" : "database", args),
      fixes: [stepsFix(source, [step], say("fix", { what: source.toDisplay(step) }), false)],
    };
  },
});

function databaseOf({ image }: ContainerSubject): string | undefined {
  return image && enabledBy(image.image).find(({ unit }) => databases.test(unit))?.unit;
}
