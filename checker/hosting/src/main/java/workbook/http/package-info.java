/** Given plumbing for answers over HTTP with the JDK's own server. */
@NullMarked
package workbook.http;

import org.jspecify.annotations.NullMarked;
