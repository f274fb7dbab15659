using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deploy;

/// <summary>What a browser loads before it has seen its first page, compressed as the published program serves it.</summary>
public sealed partial class WeightTests(PublishedProduct published, ITestOutputHelper output) : IClassFixture<PublishedProduct>
{
    private const int MostBytes = 220_000;

    [Fact]
    public async Task FirstLoad_OfLogInAndOverview_IsLight()
    {
        await using var process = NotifyAdminProcess.StartPublished(published.Folder, new Dictionary<string, string>
        {
            ["Setup:AdminEmail"] = NotifyAdminSettings.AdminEmail, ["Setup:AdminPassword"] = NotifyAdminSettings.AdminPassword,
        });
        // Not decompressed, so that the bytes are those on the wire.
        using var client = new HttpClient { BaseAddress = await process.ListeningAsync(TestContext.Current.CancellationToken) };

        var logIn = await WeighAsync(client, "Account/Login");
        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword)).Dispose();
        var overview = await WeighAsync(client, "");

        overview.Files.ShouldContain(file => file.Contains("blazor.web", StringComparison.Ordinal), "the page is the live one");
        logIn.Bytes.ShouldBeLessThan(MostBytes);
        overview.Bytes.ShouldBeLessThan(MostBytes);
    }

    private async Task<(int Bytes, IReadOnlyList<string> Files)> WeighAsync(HttpClient client, string path)
    {
        var page = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
        var files = LinkedFile().Matches(page).Select(match => match.Groups[1].Value).ToList();
        files.ShouldNotBeEmpty();
        var bytes = 0;
        foreach (var file in files.Prepend(path))
        {
            var size = await SizeAsync(client, file);
            output.WriteLine($"{size,7} {(file.Length == 0 ? "/" : file)}");
            bytes += size;
        }

        output.WriteLine($"{bytes,7} in all");
        return (bytes, files);
    }

    private static async Task<int> SizeAsync(HttpClient client, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
    }

    [GeneratedRegex("""<(?:link rel="(?:stylesheet|icon)"[^>]* href|script src)="([^"]+)""")]
    private static partial Regex LinkedFile();
}
