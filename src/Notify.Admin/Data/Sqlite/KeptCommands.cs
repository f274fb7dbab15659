using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Notify.Admin.Data;

/// <summary>Has the connections of SQLite that stay open (<see cref="SqliteStatements.KeepOn"/>) keep the prepared statements of Entity
/// Framework's commands as well: each is a command of its own, which is prepared, run once and thrown away, and to parse what a look at a
/// lane asks takes longer than to answer it.</summary>
internal sealed class KeptCommands : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) =>
        eventData.Context is NotifyDbContext { Statements: { } statements } ? statements.Keep((SqliteCommand)result) : result;
}
