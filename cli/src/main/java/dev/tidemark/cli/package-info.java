/** The shell: one class a command, arguments in, exit status out; no rule, format or verdict of its own. */
package dev.tidemark.cli;
