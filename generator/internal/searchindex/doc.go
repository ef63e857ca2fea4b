// Package searchindex writes the index with which a browser searches the pages
// of a site: as scripts, so that it works from a disk as well as from a server.
// It knows documents with titles and texts, and no city.
//
// A search begins with one file, index-LANG.js: the titles of all pages in a
// language. One file words.NN.js is added for the words that begin with the
// same two letters; it holds all languages and all other names, so that a word
// of any language finds the page. The texts from which results are quoted come
// in files of a few pages, text-LANG.NN.js.
//
// Each file calls the global function uccn with its name and its content.
//
//   - index: {v, kinds, fields, shards, chunk, words, docs}. docs is one line
//     for each document, in the order of its number, grouped by kind; tabs
//     divide title, last part of the address (empty: the title's slug), note
//     (empty: that of the line before; "-": none), fields as digits of base
//     36, language of the title (empty: that of the line before; "-": the
//     index's own, as before the first line), language of the note (likewise).
//     Trailing tabs are left off. fields have an id, a name, and the name's
//     language if it is not the index's.
//   - words: entries with blanks between them. An entry is the number of
//     characters (base 36) that it shares with the one before, the rest of the
//     word, a colon, and the documents, with commas between them: the distance
//     from the one before less one (base 36), a star, and the weight if it is
//     not 1.
//   - text: the texts of some documents, as an array. Each begins in the
//     language of the index; where another begins, it stands between tabs.
//
// Documents are counted in blocks. What a block says of the words of a file is
// kept as bytes: a Memory holds them from one index to the next, and Save and
// Restore carry them from one process to another, with the hash of each file.
package searchindex
