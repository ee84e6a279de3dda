/**
 * What exercises and solutions are written against: the life of a hosted service, cooperative
 * cancellation, and time as a parameter. Nothing here knows the checker.
 */
@NullMarked
package workbook.hosting;

import org.jspecify.annotations.NullMarked;
