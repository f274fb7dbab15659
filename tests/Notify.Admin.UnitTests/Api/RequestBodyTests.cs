using Microsoft.AspNetCore.Http;
using Notify.Admin.Api;

namespace Notify.Admin.UnitTests.Api;

public class RequestBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(100)]
    public async Task ReadAsync_WithinLimit_ReturnsAll(int length) =>
        (await ReadAsync(length, limit: 100, declared: null))!.Length.ShouldBe(length);

    [Theory]
    [InlineData(101, null)]
    [InlineData(100_000, null)]
    [InlineData(101, 101L)]
    public async Task ReadAsync_BeyondLimit_ReturnsNull(int length, long? declared) =>
        (await ReadAsync(length, limit: 100, declared)).ShouldBeNull();

    [Fact]
    public async Task ReadAsync_DeclaredBeyondLimit_DoesNotRead()
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new ThrowingStream();
        context.Request.ContentLength = 101;

        (await RequestBody.ReadAsync(context.Request, 100, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static async Task<byte[]?> ReadAsync(int length, int limit, long? declared)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(new byte[length]);
        context.Request.ContentLength = declared;
        return await RequestBody.ReadAsync(context.Request, limit, TestContext.Current.CancellationToken);
    }

    private sealed class ThrowingStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException();
    }
}
