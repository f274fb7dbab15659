using System.Text.Json;
using Notify.Admin.Data;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>The functions that an app's manifest declares: the keys of its <c>functions</c> are callback ids.</summary>
/// <param name="IsJson">False: it could not be read at all.</param>
internal sealed record AppManifest(bool IsJson, IReadOnlyList<(string CallbackId, string Title)> Functions)
{
    public static AppManifest Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });

            // The answer of apps.manifest.export wraps it.
            var root = document.RootElement.Member("manifest") ?? document.RootElement;
            return root.Member("functions") is { ValueKind: JsonValueKind.Object } functions
                ? new AppManifest(true, [.. functions.EnumerateObject()
                    .Select(function => (function.Name, TitleOf(function.Value) ?? function.Name))])
                : new AppManifest(true, []);
        }
        // InvalidOperationException: half a surrogate pair in a name.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new AppManifest(false, []);
        }
    }

    private static string? TitleOf(JsonElement function) => SearchText.Clean(function.Text("title"), FunctionAccessService.MostNameLength);
}
