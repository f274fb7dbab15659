namespace Notify.Admin.ConfigFiles;

/// <summary>Keeps the comments of files that are applied, and gives them back with what is exported.</summary>
internal sealed class ConfigAnnotations(ConfigCommentStore store)
{
    /// <param name="text">What stands, as a file.</param>
    public async Task<string> PutIntoAsync(string text, IReadOnlyList<IConfigKind> kinds, CancellationToken cancellationToken)
    {
        var comments = await store.LoadAsync(cancellationToken);
        return comments.IsEmpty ? text : comments.PutInto(text, ConfigYaml.Read(text, [])!, Naming(kinds));
    }

    /// <summary>Compares the comments of a file with those that are kept.</summary>
    /// <param name="kinds">As they stand before the file is applied.</param>
    /// <returns>What is to be kept from then on; null where that is kept already.</returns>
    public async Task<ConfigComments?> PlanAsync(string text, ConfigMap root, ConfigPlan plan, IReadOnlyList<IConfigKind> kinds,
        ConfigNames names, CancellationToken cancellationToken)
    {
        var naming = Naming(kinds);
        var before = await store.LoadAsync(cancellationToken);
        var standing = ConfigComments.NamesIn(ConfigMap.Of(kinds.Select(kind => (kind.Section, kind.Export(names)))), naming)
            .ToHashSet(StringComparer.Ordinal);
        standing.ExceptWith(plan.Changes.Where(change => change.Action == ConfigAction.Delete)
            .Select(change => ConfigAnchor.Join(change.Section, change.Name)));
        var after = before.With(ConfigComments.Read(text, root, naming), root, naming, standing);
        return after.ToJson() == before.ToJson() ? null : after;
    }

    public Task SaveAsync(ConfigComments comments, CancellationToken cancellationToken) => store.SaveAsync(comments, cancellationToken);

    private static Func<string, ConfigMap, string?> Naming(IReadOnlyList<IConfigKind> kinds)
    {
        var bySection = kinds.ToDictionary(kind => kind.Section, StringComparer.Ordinal);
        return (section, item) => bySection.GetValueOrDefault(section)?.NameOfItem(item);
    }
}
