using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Start;

public sealed class StaticFileTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Theory]
    [InlineData("gzip, br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task BlazorScript_AnyEncoding_IsServedWithItsSize(string encodings)
    {
        var app = shared.App;
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Add("Accept-Encoding", encodings);

        using var answer = await client.GetAsync("_framework/blazor.web.js", TestContext.Current.CancellationToken);

        answer.EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        bytes.Length.ShouldBeGreaterThan(40_000, "an empty script looks like a page on which nothing reacts");
    }
}
