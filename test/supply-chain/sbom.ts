import { makeBillOfMaterials } from './bill-of-materials.js';

/** Prints the software bill of materials of what is installed with Parley, as CycloneDX in JSON. */
console.log(JSON.stringify(makeBillOfMaterials(), null, 2));
