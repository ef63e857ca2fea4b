// Makes a book with Typst, in one process: node typst.mjs FOLDER
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { writeFileSync } from 'node:fs';

const dir = process.argv[2];
const compiler = NodeCompiler.create({ workspace: dir });
writeFileSync(`${dir}/typst.pdf`, compiler.pdf({ mainFilePath: `${dir}/book.typ` }));
