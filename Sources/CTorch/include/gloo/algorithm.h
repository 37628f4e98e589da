// What c10d's header of its Gloo backend needs to know of Gloo, whose own headers the wheel of torch leaves out. Gloo itself is
// inside libtorch; only names and the virtual functions that the header overrides stand here, in Gloo's order.
#pragma once
