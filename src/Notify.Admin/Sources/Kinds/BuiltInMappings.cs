using System.Collections.Concurrent;

namespace Notify.Admin.Sources;

/// <summary>The mappings that come with the product, a file each. A person's own mapping begins as a copy of one.</summary>
public static class BuiltInMappings
{
    private const string Folder = "SourceMappings/";

    private static readonly ConcurrentDictionary<string, EventMapping> Read = new(StringComparer.Ordinal);

    /// <summary>The kinds of sources that have one.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        .. typeof(BuiltInMappings).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[Folder.Length..])).Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of the mapping, as it is written in its file; null for a kind that has none.</summary>
    public static string? Text(string kind)
    {
        using var stream = Kinds.Contains(kind) ? typeof(BuiltInMappings).Assembly.GetManifestResourceStream($"{Folder}{kind}.json") : null;
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static EventMapping Of(string kind) => Read.GetOrAdd(kind, static kind =>
    {
        var text = Text(kind) ?? throw new ArgumentException($"The kind {kind} has no mapping of its own.", nameof(kind));
        var (mapping, problems) = MappingReader.Read(text);
        return mapping ?? throw new InvalidOperationException(
            $"The built-in mapping {kind} does not read: {problems[0].Path} {problems[0].Reason}.");
    });
}
