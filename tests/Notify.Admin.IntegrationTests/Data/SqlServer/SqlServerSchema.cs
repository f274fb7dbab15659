using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>The database that the migrations make, held by Microsoft's DacFx: binds statements as the server would, so each column must be
/// of the table that is meant. It knows nothing of cascades, key lengths or groupings.</summary>
internal sealed class SqlServerSchema : IDisposable
{
    private readonly TSqlModel _model = new(SqlServerVersion.Sql150, new TSqlModelOptions());
    private int _statements;

    /// <param name="script">The migrations'.</param>
    public SqlServerSchema(string script)
    {
        var parts = new Definitions();
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out _).Accept(parts);
        foreach (var part in parts.Found)
        {
            _model.AddObjects(script.Substring(part.StartOffset, part.FragmentLength));
        }
    }

    /// <summary>How many tables it has.</summary>
    public int Tables => _model.GetObjects(DacQueryScopes.UserDefined, Table.TypeClass).Count();

    /// <summary>How many statements it holds.</summary>
    public int Statements => _model.GetObjects(DacQueryScopes.UserDefined, Procedure.TypeClass).Count();

    /// <summary>Adds a statement, as a procedure of its own.</summary>
    /// <returns>The procedure's name.</returns>
    public string Add(string statement, string parameters = "")
    {
        var name = $"s{++_statements:d4}";
        _model.AddObjects($"CREATE PROCEDURE [dbo].[{name}] {parameters} AS BEGIN\n{statement}\nEND");
        return name;
    }

    /// <summary>What does not bind, each with the procedure's name. The server's own views and procedures are not in the model.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. _model.Validate().Select(message => $"{message.MessageType} {message.Prefix}{message.Number}: {message.Message}")
            .Where(problem => !problem.Contains("to object [sys].", StringComparison.Ordinal)),
    ];

    public void Dispose() => _model.Dispose();

    // What makes the schema; rows that the migrations add are none of it.
    private sealed class Definitions : TSqlFragmentVisitor
    {
        public List<TSqlFragment> Found { get; } = [];

        public override void Visit(CreateTableStatement node) => Found.Add(node);

        public override void Visit(AlterTableStatement node) => Found.Add(node);

        public override void Visit(CreateIndexStatement node) => Found.Add(node);

        public override void Visit(CreateSequenceStatement node) => Found.Add(node);
    }
}
