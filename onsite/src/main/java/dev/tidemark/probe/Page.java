package dev.tidemark.probe;

import java.util.List;
import java.util.Map;

/**
 * What a server answered.
 *
 * @param path    that was asked for last, after redirects
 * @param headers lower-case names → values
 * @param body    its beginning, each byte a character
 */
record Page(String path, int status, Map<String, List<String>> headers, String body) {}
