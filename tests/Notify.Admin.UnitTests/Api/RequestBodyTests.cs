using System.IO.Compression;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Api;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Api;

public sealed class RequestBodyTests
{
    private const int Mebibyte = 1024 * 1024;

    private readonly SteppedTime _time = new();
    private BodyBudget _budget = new(known: 16 * Mebibyte, anonymous: 16 * Mebibyte);

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task ReadAsync_WithinLimit_ReturnsAll(int length) =>
        (await ReadAsync(new byte[length], limit: 100))!.Length.ShouldBe(length);

    [Theory]
    [InlineData(101, null)]
    [InlineData(100_000, null)]
    [InlineData(101, 101L)]
    public async Task ReadAsync_BeyondLimit_ReturnsNull(int length, long? declared) =>
        (await ReadAsync(new byte[length], limit: 100, declared: declared)).ShouldBeNull();

    [Fact]
    public async Task ReadAsync_DeclaredBeyondLimit_DoesNotRead()
    {
        var context = Context(new ThrowingStream());
        context.Request.ContentLength = 101;

        (await RequestBody.ReadAsync(context.Request, 100, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    [Fact]
    public async Task ReadAsync_OfManyChunks_KeepsEveryByte()
    {
        var body = new byte[300_001];
        new Random(7).NextBytes(body);

        (await ReadAsync(body, Mebibyte)).ShouldBe(body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task ReadAsync_Compressed_IsInflated(string encoding)
    {
        var body = "some text, some text, some text"u8.ToArray();

        (await ReadAsync(Compress(body, encoding), Mebibyte, encoding)).ShouldBe(body);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task ReadAsync_Bomb_IsTooLargeAndTakesNoMore(string encoding)
    {
        var bomb = Compress(new byte[64 * Mebibyte], encoding);
        bomb.Length.ShouldBeLessThan(Mebibyte);
        var before = GC.GetAllocatedBytesForCurrentThread();

        (await ReadAsync(bomb, Mebibyte, encoding)).ShouldBeNull();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * Mebibyte);
    }

    [Theory]
    [InlineData("zstd", "zstd")]
    [InlineData("gzip, br", "gzip, br")]
    [InlineData("<script>", "?script?")]
    public async Task ReadAsync_AnotherEncoding_Is415AndNamesIt(string encoding, string named)
    {
        var refused = await Should.ThrowAsync<BodyRefusedException>(() => ReadAsync([1], Mebibyte, encoding));

        (refused.Status, refused.Message.Contains(named, StringComparison.Ordinal)).ShouldBe((415, true));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task ReadAsync_NotWhatTheEncodingSays_Is400(string encoding) =>
        (await Should.ThrowAsync<BodyRefusedException>(() => ReadAsync("no such thing at all"u8.ToArray(), Mebibyte, encoding)))
            .Status.ShouldBe(400);

    [Fact]
    public async Task ReadAsync_Anonymous_HoldsWhatArrivesWhateverIsAnnounced()
    {
        _budget = new BodyBudget(known: 0, anonymous: 64 * 1024);

        for (var i = 0; i < 10; i++)
        {
            (await ReadAsync(new byte[100], Mebibyte, declared: Mebibyte))!.Length.ShouldBe(100);
        }

        (await Should.ThrowAsync<BodyRefusedException>(() => ReadAsync(new byte[200_000], Mebibyte))).Status.ShouldBe(503);
    }

    [Fact]
    public async Task ReadAsync_WithAKey_HoldsWhatIsAnnouncedBeforeReading()
    {
        _budget = new BodyBudget(known: Mebibyte, anonymous: 0);

        var refused = await Should.ThrowAsync<BodyRefusedException>(() =>
            ReadAsync(new byte[100], 10 * Mebibyte, declared: Mebibyte + 1, isKnown: true));

        (refused.Status, refused.RetryAfter is not null).ShouldBe((503, true));
        (await ReadAsync(new byte[100], 10 * Mebibyte, declared: 100, isKnown: true)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ReadAsync_WithoutAKey_TakesNothingOfThoseWithOne()
    {
        _budget = new BodyBudget(known: Mebibyte, anonymous: 0);

        await Should.ThrowAsync<BodyRefusedException>(() => ReadAsync(new byte[100], Mebibyte));
        (await ReadAsync(new byte[100], Mebibyte, isKnown: true)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ReadAsync_Dripping_EndsAfterItsTime()
    {
        var context = Context(new HangingStream());
        var reading = RequestBody.ReadAsync(context.Request, Mebibyte, TestContext.Current.CancellationToken);

        _time.Advance(TimeSpan.FromSeconds(21));

        (await Should.ThrowAsync<BodyRefusedException>(() => reading)).Status.ShouldBe(408);
    }

    [Fact]
    public void Share_Disposed_GivesBackWhatItHeld()
    {
        var budget = new BodyBudget(known: 100, anonymous: 100);
        using (var share = budget.Open(isKnown: true))
        {
            share.TryHold(60).ShouldBeTrue();
            share.TryHold(100).ShouldBeTrue();
            budget.Open(isKnown: true).TryHold(1).ShouldBeFalse();
            budget.Open(isKnown: false).TryHold(100).ShouldBeTrue();
        }

        budget.Open(isKnown: true).TryHold(100).ShouldBeTrue();
    }

    [Theory]
    [InlineData(256L * Mebibyte, 12L * Mebibyte)]
    [InlineData(1200L * Mebibyte, 50L * Mebibyte)]
    [InlineData(1024L * 1024 * Mebibyte, 512L * Mebibyte)]
    public void ForMemory_IsAPartOfItWithinBounds(long memory, long known)
    {
        var budget = BodyBudget.ForMemory(memory);

        budget.Open(isKnown: true).TryHold(known + 1).ShouldBeFalse();
        budget.Open(isKnown: true).TryHold(known).ShouldBeTrue();
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }

    private Task<byte[]?> ReadAsync(byte[] body, int limit, string? encoding = null, long? declared = null, bool isKnown = false)
    {
        var context = Context(new MemoryStream(body), isKnown);
        context.Request.ContentLength = declared;
        if (encoding is not null)
        {
            context.Request.Headers.ContentEncoding = encoding;
        }

        return RequestBody.ReadAsync(context.Request, limit, TestContext.Current.CancellationToken);
    }

    private DefaultHttpContext Context(Stream body, bool isKnown = false)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton(_budget).AddSingleton<TimeProvider>(_time).BuildServiceProvider(),
        };
        context.Request.Body = body;
        if (isKnown)
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(NotifyClaims.KeyScope, "ingest")], "key"));
        }

        return context;
    }

    private sealed class ThrowingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();
    }

    private sealed class HangingStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
