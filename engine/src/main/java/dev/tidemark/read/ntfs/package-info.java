/**
 * What NTFS itself remembers of its files: the file table {@code $MFT}, the change journal {@code $UsnJrnl:$J} and the log
 * {@code $LogFile}. All name a folder by its place in the table, so they are one room.
 */
package dev.tidemark.read.ntfs;
