# Appends of several threads are never lost, nor are keys of a dict and members of a set.
import threading

THREADS, ROUNDS = 4, 500
shared_list, shared_dict, shared_set = [], {}, set()
start = threading.Barrier(THREADS)


def work(number):
    start.wait()
    for i in range(ROUNDS):
        shared_list.append((number, i))
        shared_dict[number, i] = i
        shared_set.add((number, i))


threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(shared_list), len(shared_dict), len(shared_set))
print(all([i for n, i in shared_list if n == k] == list(range(ROUNDS)) for k in range(THREADS)))
print(sorted(shared_list) == sorted(shared_dict) == sorted(shared_set))
