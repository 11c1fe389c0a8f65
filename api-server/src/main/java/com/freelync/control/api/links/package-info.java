/** Where things are: addresses in answers. */
@NullMarked
package com.freelync.control.api.links;

import org.jspecify.annotations.NullMarked;
