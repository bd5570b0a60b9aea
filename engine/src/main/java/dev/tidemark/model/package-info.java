/** The nouns that all rooms share: immutable, without behaviour that knows a format, an output or a rule. */
package dev.tidemark.model;
