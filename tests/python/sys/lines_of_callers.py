import sys
def ln(): return sys._getframe(2).f_lineno
class A:
    def __add__(self, o): print('add', ln())
    def __setattr__(self, n, v): print('setattr', ln())
    def __getattr__(self, n): print('getattr', ln()); return 1
    def __setitem__(self, n, v): print('setitem', ln())
    def __getitem__(self, n): print('getitem', ln())
    def __eq__(self, o): print('eq', ln()); return True
    def __bool__(self): print('bool', ln()); return True
    def __iter__(self): print('iter', ln()); return iter([1])
    def __contains__(self, o): print('in', ln()); return True
    def __len__(self): print('len', ln()); return 1
    def __enter__(self): print('enter', ln())
    def __exit__(self, *a): print('exit', ln())
    def __del__(self): print('del', ln())
    def __format__(self, s): print('format', ln()); return ''
    def __neg__(self): print('neg', ln())
    def __hash__(self): print('hash', ln()); return 1
def f():
    a = A()
    a + 1
    a.x = 1
    a.y
    a[1] = 2
    a[1]
    a == 2
    if a: pass
    for x in a: pass
    1 in a
    len(a)
    with a:
        pass
    f'{a}'
    -a
    {a: 1}
    x, = a
    not a
    a and 1
    b = A()
    z = 3
    b = None
    c = A()
    z = 4
    del c
    l = [A()]
    z = 5
    l[0] = 6
    d = A()
    def g(): return d
    z = 6
    d = 7
    z = 8
    global gg
    gg = A()
    z = 9
    gg = 0
    a = 5
    A()
    z = 10
    if A(): pass
    z = [A()
       ]
    z = 11
    for q in [A(), A()]:
        z = 13
        q = None
f()
