import { licenceOf, makeBillOfMaterials } from './bill-of-materials.js';

/** Prints what is installed with Parley, by licence. */
const byLicence = Map.groupBy(makeBillOfMaterials().components, licenceOf);
for (const [licence, components] of [...byLicence].sort(([, a], [, b]) => b.length - a.length)) {
  console.log(`${licence} (${components.length})`);
  for (const { name, version } of components) console.log(`  ${name} ${version}`);
}
