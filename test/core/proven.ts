import advice from "../../server/src/core/docs/evidence/advice.json";
import fixRows from "../../server/src/core/docs/evidence/fixes.json";
import keptRows from "../../server/src/core/docs/evidence/kept.json";
import plans from "../../server/src/core/docs/evidence/plans.json";
import type { Advice } from "../lab/prove/advice";
import { type FixProof, fixesPart } from "../lab/prove/fixes";
import { type KeptProof, keptPart } from "../lab/prove/kept";
import { checked } from "../lab/prove/part";
import type { PlanProof } from "../lab/prove/plans";

// TypeScript gives every row of a file the keys of all others, as properties that may be undefined.

/** What came of advice, as it is committed. */
export const adviceRows = advice as readonly Advice[];

/** The boots of launch plans, as they are committed. */
export const planRows = plans as unknown as readonly PlanProof[];

/** Projects that boot, after Fix All. What was proven on texts that have changed since is left out. */
export const kept = checked(keptPart, keptRows as unknown as readonly KeptProof[]);

/** Projects with several faults, after their fixes; again only those whose texts are the same by now. */
export const fixes = checked(fixesPart, fixRows as unknown as readonly FixProof[]);
