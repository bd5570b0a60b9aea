/** Registry hives as files: the keys that tell what was installed, what runs by itself, and what once ran. */
package dev.tidemark.read.registry;
