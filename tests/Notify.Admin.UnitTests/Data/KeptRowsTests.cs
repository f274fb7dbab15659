using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Data;

public class KeptRowsTests
{
    private readonly List<int> _read = [];
    private readonly Dictionary<int, string> _stored = new() { [1] = "one", [2] = "two" };
    private readonly KeptRows<string> _rows;

    public KeptRowsTests() => _rows = new KeptRows<string>((id, _) =>
    {
        _read.Add(id);
        return Task.FromResult(_stored.GetValueOrDefault(id));
    });

    [Fact]
    public async Task Find_AtTheSameVersionOrAnEarlierOne_ReadsOnce()
    {
        (await FindAsync(1, version: 5)).ShouldBe("one");
        (await FindAsync(1, version: 5)).ShouldBe("one");
        (await FindAsync(1, version: 4)).ShouldBe("one");

        _read.ShouldBe([1]);
    }

    [Fact]
    public async Task Find_AtALaterVersion_ReadsAgain()
    {
        await FindAsync(1, version: 5);
        _stored[1] = "changed";

        (await FindAsync(1, version: 6)).ShouldBe("changed");
    }

    [Fact]
    public async Task Find_Deleted_IsNull_AndIsAskedForAgain()
    {
        await FindAsync(1, version: 5);
        _stored.Remove(1);

        (await FindAsync(1, version: 6)).ShouldBeNull();
        (await FindAsync(1, version: 6)).ShouldBeNull();

        _read.ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task Find_MoreThanAreKept_ForgetsAndGoesOn()
    {
        for (var id = 1; id <= KeptRows<string>.Most + 1; id++)
        {
            _stored[id] = $"{id}";
            await FindAsync(id, version: 1);
        }

        _read.Clear();
        (await FindAsync(KeptRows<string>.Most + 1, version: 1)).ShouldBe($"{KeptRows<string>.Most + 1}");
        (await FindAsync(1, version: 1)).ShouldBe("1");

        _read.ShouldBe([1]);
    }

    private Task<string?> FindAsync(int id, long version) => _rows.FindAsync(id, version, TestContext.Current.CancellationToken);
}
