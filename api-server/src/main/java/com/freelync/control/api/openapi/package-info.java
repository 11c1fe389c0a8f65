/** The description of the interface, made from the resources themselves. */
@NullMarked
package com.freelync.control.api.openapi;

import org.jspecify.annotations.NullMarked;
