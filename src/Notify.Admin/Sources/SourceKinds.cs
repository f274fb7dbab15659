namespace Notify.Admin.Sources;

/// <summary>The kinds of sources that there are.</summary>
internal sealed class SourceKinds(IEnumerable<ISourceKind> kinds)
{
    /// <summary>Read by the rules of the standard, as <c>/api/events</c> does.</summary>
    public const string CloudEvents = "cloudevents";

    private readonly Dictionary<string, ISourceKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>As scripts write them.</summary>
    public IReadOnlyList<string> Names => [CloudEvents, .. _kinds.Keys.Order(StringComparer.Ordinal)];

    public ISourceKind? Find(string name) => _kinds.GetValueOrDefault(name);

    public bool Has(string name) => name == CloudEvents || _kinds.ContainsKey(name);
}
