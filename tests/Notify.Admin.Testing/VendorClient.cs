using System.Diagnostics;
using System.Text.Json;

namespace Notify.Admin.Testing;

/// <summary>The vendor's unchanged Node clients as callers of the Security Center API.</summary>
public static class VendorClient
{
    /// <summary>Calls in turn with the first Admin's access key.</summary>
    /// <param name="client"><c>openapi</c>, <c>pop-get</c> or <c>pop-post</c>.</param>
    /// <returns>An answer for each call: <c>{"ok": true, "body": …}</c> or <c>{"ok": false, "code": …, "message": …}</c>.</returns>
    public static Task<IReadOnlyList<JsonElement>> CallAsync(
        this NotifyAdminApp app, string client, params (string Action, Dictionary<string, object> Parameters)[] calls) =>
        app.CallAsync(client, NotifyAdminSettings.AccessKeyId, NotifyAdminSettings.AccessKeySecret, calls);

    /// <summary>Calls in turn with a key of the test's own.</summary>
    public static async Task<IReadOnlyList<JsonElement>> CallAsync(
        this NotifyAdminApp app, string client, string id, string secret,
        params (string Action, Dictionary<string, object> Parameters)[] calls)
    {
        using var node = Process.Start(new ProcessStartInfo("node",
            [Script(), client, $"{app.BaseAddress.Host}:{app.BaseAddress.Port}", id, secret])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(calls.Select(c => new { action = c.Action, @params = c.Parameters })));
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == calls.Length
            ? [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))]
            : throw new InvalidOperationException($"node answered: {output}{await errors} (tests/run installs the clients)");
    }

    private static string Script() => Repository.At("tests", "npm", "security-center.js");
}
