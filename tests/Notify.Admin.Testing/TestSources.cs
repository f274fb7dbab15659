using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.Testing;

/// <summary>Sources of a running product, and what is posted to them.</summary>
public static class TestSources
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    /// <summary>Adds a source of a kind.</summary>
    /// <returns>Its id, and the path of its address.</returns>
    public static async Task<(int Id, string Path)> AddSourceAsync(this NotifyAdminApp app, string name, string kind)
    {
        var made = await app.Services.GetRequiredService<SourceService>().CreateAsync(
            new SourceDraft { Name = name, Kind = kind }, Admin, CancellationToken.None);
        return made is { Source: { } source, Key: { } key } ? (source.Id, SourceAddress.PathOf(source.Kind, key))
            : throw new InvalidOperationException($"{made.Problems[0].Field} {made.Problems[0].Reason}");
    }

    /// <summary>Posts JSON as a tool would, without a key.</summary>
    public static async Task<HttpResponseMessage> PostPayloadAsync(this NotifyAdminApp app, string address, string json)
    {
        using var client = app.CreateClient();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(address, UriKind.RelativeOrAbsolute), content, CancellationToken.None);
    }

    /// <summary>A payload as the tests have it.</summary>
    /// <param name="name">Such as <c>alertmanager-firing</c>.</param>
    public static string Payload(string name) =>
        File.ReadAllText(Repository.At("tests", "Notify.Admin.UnitTests", "Sources", "Payloads", $"{name}.json"));
}
