"""PyTorch's optimisers without its compiler, which they would load at a second of CPU a process."""

import inspect
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch.optim import Optimizer

# Methods of every optimiser that load the compiler, at their first call, to tell it to pass them.
MARKED = ("add_param_group", "load_state_dict", "state_dict", "zero_grad")


@cache
def optimiser(name: str) -> "type[Optimizer]":
    """A class of `torch.optim` whose methods know nothing of the compiler; its steps are the same.

    What the class's methods were wrapped in before is left out, and instances cannot be pickled;
    their states can.

    Args:
        name: of the class, other than LBFGS.
    """
    from torch import optim, set_grad_enabled

    own = getattr(optim, name)
    methods = {marked: inspect.unwrap(getattr(own, marked)) for marked in MARKED}
    take_step = inspect.unwrap(own.step)  # without gradients only by what it was wrapped in

    def step(self, closure=None):
        with set_grad_enabled(self.defaults.get("differentiable", False)):
            return take_step(self, closure)

    return type(name, (own,), methods | {"step": step})
