using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>Whether the names in a statement are there: tables of the model, and columns of any of its tables or of what the statement
/// itself makes. Coarser than a server, which knows whose column is meant.</summary>
internal sealed class StatementNames : TSqlFragmentVisitor
{
    // A list handed over as JSON.
    private static readonly string[] OpenJson = ["key", "value", "type"];

    private readonly HashSet<string> _made = new(OpenJson, StringComparer.Ordinal);
    private readonly List<string> _tables = [];
    private readonly List<string> _columns = [];

    private StatementNames()
    {
    }

    public static IEnumerable<string> Unknown(TSqlFragment statement, ISet<string> tables, ISet<string> columns)
    {
        var names = new StatementNames();
        statement.Accept(names);
        return names._tables.Where(name => !tables.Contains(name) && !names._made.Contains(name)).Select(name => $"table {name}")
            .Concat(names._columns.Where(name => !columns.Contains(name) && !names._made.Contains(name)).Select(name => $"column {name}"))
            .Distinct();
    }

    // The server's own tables and columns are not of the model.
    public override void Visit(NamedTableReference node)
    {
        if (node.SchemaObject.SchemaIdentifier is null)
        {
            _tables.Add(node.SchemaObject.BaseIdentifier.Value);
        }

        Make(node.Alias);
    }

    public override void Visit(ColumnReferenceExpression node)
    {
        if (node.MultiPartIdentifier?.Identifiers is [.., var name])
        {
            _columns.Add(name.Value);
        }
    }

    public override void Visit(SelectScalarExpression node) => Make(node.ColumnName?.Identifier);

    public override void Visit(CommonTableExpression node)
    {
        Make(node.ExpressionName);
        Make([.. node.Columns]);
    }

    public override void Visit(QueryDerivedTable node) => Make([node.Alias, .. node.Columns]);

    public override void Visit(InlineDerivedTable node) => Make([node.Alias, .. node.Columns]);

    public override void Visit(OpenJsonTableReference node) => Make(node.Alias);

    public override void Visit(ColumnDefinitionBase node) => Make(node.ColumnIdentifier);

    private void Make(params ReadOnlySpan<Identifier?> names)
    {
        foreach (var name in names)
        {
            if (name is not null)
            {
                _made.Add(name.Value);
            }
        }
    }
}
