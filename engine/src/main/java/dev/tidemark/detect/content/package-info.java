/**
 * Content rules: a subset of YARA, run on the bytes of files.
 *
 * <p>Understood: text strings (nocase, wide, ascii, fullword, private, xor, base64, base64wide), hexadecimal strings
 * (wildcards, nibbles, jumps, alternatives), regular expressions (without look-around and back-references); conditions
 * with and, or, not, comparisons, arithmetic, #a @a !a, at, in, "of" over strings and rules, for..of and for..in,
 * filesize, intN and uintN, string operators, other rules of the same file; private and global rules, tags, meta; the
 * variables filename, filepath, extension, filetype, owner, and ours: web_file. Of modules: math's entropy, mean and
 * deviation, and hash. Everything else makes a rule "not understood": it does not run, and lint says why.
 *
 * <p>Differences: a regular expression or a hexadecimal string with wildcards is searched near the literal that it
 * needs, 2 KiB to each side; its matches do not overlap; a string has at most 1,000 matches.
 *
 * <p>Source: the YARA documentation 4.5, "Writing YARA rules".
 */
package dev.tidemark.detect.content;
