using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Api;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Api;

public sealed class KeyCacheTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly KeyGeneration _generation;
    private readonly KeyCache<string> _cache;
    private int _looks;

    public KeyCacheTests()
    {
        _generation = new KeyGeneration(new ChangeFeed(null!, new WorkRegister(_time), _time, NullLogger<ChangeFeed>.Instance));
        _cache = new KeyCache<string>(_generation, _time);
    }

    [Fact]
    public async Task Get_Again_DoesNotLookAgain()
    {
        (await GetAsync("good")).ShouldBe("good");
        _time.Advance(TimeSpan.FromSeconds(4.9));
        (await GetAsync("other")).ShouldBe("good");

        _looks.ShouldBe(1);
        _cache.WasGood("key").ShouldBeTrue();
    }

    [Fact]
    public async Task Get_AfterFiveSeconds_LooksAgain()
    {
        await GetAsync("good");
        _time.Advance(TimeSpan.FromSeconds(5));

        (await GetAsync("newer")).ShouldBe("newer");
    }

    [Fact]
    public async Task Get_AfterAChangeOfPeopleOrKeys_LooksAgain()
    {
        await GetAsync("good");
        _generation.Advance();

        (await GetAsync(null)).ShouldBeNull();
        _cache.WasGood("key").ShouldBeFalse();
    }

    [Fact]
    public async Task Get_WhoseLookUpWasOvertakenByAChange_IsOldAtOnce()
    {
        await _cache.GetAsync("key", _ =>
        {
            _generation.Advance();
            return Task.FromResult<string?>("seen before the change");
        }, TestContext.Current.CancellationToken);

        (await GetAsync("seen after")).ShouldBe("seen after");
    }

    [Fact]
    public async Task Get_OfWhatIsNotThere_IsNotRemembered()
    {
        (await GetAsync(null)).ShouldBeNull();
        (await GetAsync("made meanwhile")).ShouldBe("made meanwhile");
    }

    [Fact]
    public async Task Forget_LooksAgain()
    {
        await GetAsync("good");
        _cache.Forget("key");

        _cache.WasGood("key").ShouldBeFalse();
        (await GetAsync("newer")).ShouldBe("newer");
    }

    [Fact]
    public async Task Get_OfMoreThanItHolds_ForgetsAllAndGoesOn()
    {
        for (var i = 0; i < 10_000; i++)
        {
            await _cache.GetAsync($"key {i}", _ => Task.FromResult<string?>("good"), TestContext.Current.CancellationToken);
        }

        _cache.WasGood("key 0").ShouldBeTrue();
        await GetAsync("good");

        (_cache.WasGood("key 0"), _cache.WasGood("key")).ShouldBe((false, true));
    }

    public void Dispose() => _generation.Dispose();

    private ValueTask<string?> GetAsync(string? found) => _cache.GetAsync("key", _ =>
    {
        _looks++;
        return Task.FromResult(found);
    }, TestContext.Current.CancellationToken);
}
