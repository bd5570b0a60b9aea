/** Folders, images and archives in archives, as files in a stable order; nothing is unpacked to disk. */
package dev.tidemark.acquire;
