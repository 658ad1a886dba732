class Account:
    def __init__(self, owner):
        self.owner = owner

    def describe(self):
        return self.owner.name.upper()

def main():
    account = Account("someone")
    print(account.owner)
    print(account.describe())

main()
