using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>What is written to SQL Server without the change tracker has every column of the model. <c>EventRowsTests</c> and
/// <c>LaneRowsTests</c> say the same with a server.</summary>
public sealed class SqlServerRowsTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Bulk_Events_HaveEveryColumnAsTheModelStoresIt()
    {
        using var context = Context();
        var entity = context.Model.FindEntityType(typeof(IncomingEvent))!;

        using var table = SqlServerBulk.Table(entity, [Event(7)], withIds: true);

        Names(table).ShouldBe(Columns(context, "Events", all: true).Where(name => name != nameof(IncomingEvent.EventIdHead)),
            ignoreOrder: true);
        var row = table.Rows[0];
        (row["Id"], row["Source"], row["ReceivedAt"], row["Severity"], row["State"])
            .ShouldBe((7L, "scanner", Now.UtcTicks, (int)Severity.Medium, 0));
        row["Title"].ShouldBe("half of a pair: \uFFFD", "the server would keep it, and no reader could");
        row["SourceId"].ShouldBe(DBNull.Value);
        table.Columns["SourceId"]!.DataType.ShouldBe(typeof(int));
    }

    [Fact]
    public void Bulk_Deliveries_HaveEveryColumnButTheIdThatTheStoreGives()
    {
        using var context = Context();
        var channel = new ChannelKey(ChannelKind.DingTalk, 4);
        var added = new NewEvent(Event(7), [new ChannelMatch(channel, "rule 1")])
        {
            Held = new Dictionary<(ChannelKey, Severity), Hold?>
            {
                [(channel, Severity.Medium)] = new Hold(HoldReason.Interval, Now.AddMinutes(5), SeverityRange.All),
            },
        };

        using var table = SqlServerBulk.Table(
            context.Model.FindEntityType(typeof(Delivery))!, [.. added.Deliveries(7, Now)], withIds: false);

        Names(table).ShouldBe(Columns(context, "Deliveries", all: false), ignoreOrder: true);
        var row = table.Rows[0];
        (row["EventRowId"], row["State"], row["HeldSince"], row["DueAt"], row["MayBeDuplicate"])
            .ShouldBe((7L, (int)DeliveryState.Held, Now.UtcTicks, Now.AddMinutes(5).UtcTicks, false));
    }

    [Theory]
    [InlineData("Messages")]
    [InlineData("Attempts")]
    [InlineData("MessageDeliveries")]
    public async Task Insert_ByTheWorkers_NamesEveryColumn(string table)
    {
        using var context = Context();
        var inserts = new Inserts();
        foreach (var statement in (await SentStatements.AllAsync())
            .Where(s => s.Caller.StartsWith(nameof(SqlServerLaneRows), StringComparison.Ordinal)))
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(statement.Text), out _).Accept(inserts);
        }

        inserts.Columns[table].ShouldBe(Columns(context, table, all: false), ignoreOrder: true);
    }

    private static NotifyDbContext Context() => new ProviderContextFactory(SentStatements.Options()).CreateDbContext();

    private static IncomingEvent Event(long id) => new()
    {
        Id = id, Key = "k", Source = "scanner", EventId = "e", Type = "x", Time = Now, ReceivedAt = Now, Severity = Severity.Medium,
        Title = "half of a pair: \uD83D", Json = "{}",
    };

    private static IEnumerable<string> Names(DataTable table) => table.Columns.Cast<DataColumn>().Select(column => column.ColumnName);

    private static IEnumerable<string> Columns(NotifyDbContext context, string table, bool all) =>
        context.GetService<IDesignTimeModel>().Model.GetRelationalModel().FindTable(table, null)!.Columns
            .Where(column => all || column.PropertyMappings[0].Property.ValueGenerated == ValueGenerated.Never)
            .Select(column => column.Name);

    private sealed class Inserts : TSqlFragmentVisitor
    {
        public Dictionary<string, IEnumerable<string>> Columns { get; } = [];

        public override void Visit(InsertSpecification node) =>
            Columns[((NamedTableReference)node.Target).SchemaObject.BaseIdentifier.Value] =
                node.Columns.Select(column => column.MultiPartIdentifier.Identifiers[^1].Value);
    }
}
