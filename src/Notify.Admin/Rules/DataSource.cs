using System.Collections.Immutable;

namespace Notify.Admin.Rules;

/// <summary>A key of a data source as the vendor's DescribeDataSource answers it.</summary>
/// <param name="Sample"><c>value:labelKey</c> pairs joined by <c>;</c>.</param>
public sealed record DataSourceField(string Key, string LabelKey, string ValueType, string Operator, string Sample);

/// <summary>An alert type as the vendor's DescribeDataSource answers it.</summary>
public sealed record DataSource(int Id, string Name, string LabelKey, ImmutableArray<DataSourceField> Fields)
{
    // Numbered from here, "suspicious" has the 1753 of the vendor's example.
    private const int FirstId = 1751;

    /// <summary>The whole vocabulary in the vendor's order.</summary>
    public static ImmutableArray<DataSource> All { get; } =
    [
        .. Vocabulary.AlertTypes.Select((type, at) => new DataSource(FirstId + at, type.FullName, type.LabelKey,
        [
            .. type.Keys.Select(key => new DataSourceField(key.Name, key.LabelKey, "string", "regex",
                string.Join(';', key.Values.Select(value => $"{value.Literal}:{value.LabelKey}")))),
        ])),
    ];
}
