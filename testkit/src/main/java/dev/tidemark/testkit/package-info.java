/**
 * Makes small Exchange servers that never were: their logs, with everyday traffic and, if wanted, an intrusion whose
 * records are inert text. The demo and the tests share it. All names and addresses are reserved for documentation.
 */
package dev.tidemark.testkit;
