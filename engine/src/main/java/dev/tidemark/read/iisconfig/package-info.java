/** Configuration of Internet Information Services: {@code applicationHost.config} and {@code web.config}. */
package dev.tidemark.read.iisconfig;
