using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>Takes every statement down and answers each with no rows, or with one whose columns are whatever is asked of them: enough for
/// code to go on to its next statement, with no server there.</summary>
internal sealed class PretendSqlServer : DbConnectionInterceptor
{
    /// <summary>Every statement once.</summary>
    public ConcurrentDictionary<string, SentStatement> Statements { get; } = new(StringComparer.Ordinal);

    public bool HasRows { get; set; }

    /// <summary>The methods that began a transaction.</summary>
    public HashSet<string> Transactions { get; } = [];

    /// <summary>What the framework refused.</summary>
    public List<string> Refused { get; } = [];

    public int Sent { get; private set; }

    public int Commits { get; private set; }

    /// <summary>The errors of the next statements; 0 is none.</summary>
    public Queue<int> Errors { get; } = [];

    /// <summary>Whose statements come now.</summary>
    public string Caller { get; set; } = "";

    public override InterceptionResult<DbConnection> ConnectionCreating(
        ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new Connection(this));

    private sealed class Connection(PretendSqlServer server) : DbConnection
    {
        private ConnectionState _state = ConnectionState.Closed;

        [AllowNull]
        public override string ConnectionString { get; set; } = "Server=pretended;Database=notify";

        public override string Database => "notify";

        public override string DataSource => "pretended";

        public override string ServerVersion => "15.00.2000";

        public override ConnectionState State => _state;

        public override void Open() => _state = ConnectionState.Open;

        public override void Close() => _state = ConnectionState.Closed;

        public override void ChangeDatabase(string databaseName)
        {
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
        {
            lock (server.Transactions)
            {
                server.Transactions.Add(server.Caller);
            }

            return new Transaction(server, this, isolationLevel);
        }

        protected override DbCommand CreateDbCommand() => new Command(server, this);
    }

    private sealed class Transaction(PretendSqlServer server, DbConnection connection, IsolationLevel isolation) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => isolation;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => server.Commits++;

        public override void Rollback()
        {
        }

        public override void Save(string savepointName)
        {
        }

        public override void Release(string savepointName)
        {
        }
    }

    private sealed class Command(PretendSqlServer server, DbConnection connection) : DbCommand
    {
        private readonly SqlCommand _parameters = new();

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = connection;

        protected override DbParameterCollection DbParameterCollection => _parameters.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override int ExecuteNonQuery()
        {
            Record();
            return 1;
        }

        public override object ExecuteScalar()
        {
            Record();
            return 1;
        }

        public override void Prepare()
        {
        }

        protected override DbParameter CreateDbParameter() => new SqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            Record();
            return new Reader(server.HasRows);
        }

        protected override void Dispose(bool disposing)
        {
            _parameters.Dispose();
            base.Dispose(disposing);
        }

        private void Record()
        {
            server.Sent++;
            Keep();
            if (server.Errors.TryDequeue(out var number) && number != 0)
            {
                throw SqlServerFailure.Of(number);
            }
        }

        private void Keep() => server.Statements.TryAdd(CommandText, new SentStatement(server.Caller, CommandText,
            string.Join(", ", _parameters.Parameters.Cast<SqlParameter>().Select(p => $"@{p.ParameterName.TrimStart('@')} {TypeOf(p)}"))));

        private static string TypeOf(SqlParameter parameter) => parameter.SqlDbType switch
        {
            SqlDbType.NVarChar or SqlDbType.VarChar or SqlDbType.VarBinary =>
                $"{parameter.SqlDbType}({(parameter.Size is > 0 and <= 4000 ? $"{parameter.Size}" : "max")})",
            var type => $"{type}",
        };
    }

    private sealed class Reader(bool hasRow) : DbDataReader
    {
        private const int MostResults = 200;

        private int _results;
        private bool _isRead;

        public override int Depth => 0;

        public override int FieldCount => 100;

        public override bool HasRows => hasRow;

        public override bool IsClosed => false;

        public override int RecordsAffected => 1;

        public override object this[int ordinal] => 1;

        public override object this[string name] => 1;

        public override bool Read()
        {
            var (first, _) = (!_isRead, _isRead = true);
            return hasRow && first;
        }

        public override bool NextResult()
        {
            _isRead = false;
            return ++_results < MostResults;
        }

        public override bool GetBoolean(int ordinal) => true;

        public override byte GetByte(int ordinal) => 1;

        public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => 0;

        public override char GetChar(int ordinal) => 'x';

        public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => 0;

        public override string GetDataTypeName(int ordinal) => "int";

        public override DateTime GetDateTime(int ordinal) => DateTime.UnixEpoch;

        public override decimal GetDecimal(int ordinal) => 1;

        public override double GetDouble(int ordinal) => 1;

        public override Type GetFieldType(int ordinal) => typeof(int);

        public override T GetFieldValue<T>(int ordinal) => (T)(
            typeof(T) == typeof(string) ? "1" : typeof(T) == typeof(byte[]) ? Array.Empty<byte>()
            : typeof(T) == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch : (object)default(T)!);

        public override float GetFloat(int ordinal) => 1;

        public override Guid GetGuid(int ordinal) => Guid.Empty;

        public override short GetInt16(int ordinal) => 1;

        public override int GetInt32(int ordinal) => 1;

        public override long GetInt64(int ordinal) => 1;

        public override string GetName(int ordinal) => $"c{ordinal}";

        public override int GetOrdinal(string name) => 0;

        public override string GetString(int ordinal) => "1";

        public override object GetValue(int ordinal) => 1;

        public override int GetValues(object[] values) => 0;

        public override bool IsDBNull(int ordinal) => false;

        public override IEnumerator GetEnumerator() => throw new NotSupportedException();
    }
}

/// <param name="Caller">The method that sent it.</param>
/// <param name="Parameters">As a procedure declares them.</param>
internal sealed record SentStatement(string Caller, string Text, string Parameters);
