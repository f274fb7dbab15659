using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Notify.Admin.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class EventKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Events_Key",
                table: "Events");

            // Not in the model: SqliteEventKeys writes and reads it, and says why it is apart.
            migrationBuilder.Sql(
                """
                CREATE TABLE "EventKeys" ("Head" TEXT NOT NULL, "EventRowId" INTEGER NOT NULL, PRIMARY KEY ("Head", "EventRowId")) WITHOUT ROWID;
                INSERT INTO "EventKeys" ("Head", "EventRowId") SELECT substr("Key", 1, 12), "Id" FROM "Events" ORDER BY 1, 2;
                INSERT INTO "ServerSettings" ("Key", "Value") SELECT 'EventKeys.LastMerged', CAST(MAX("Id") AS TEXT) FROM "Events" HAVING COUNT(*) > 0;
                CREATE TRIGGER "EventKeys_Forget" AFTER DELETE ON "Events"
                BEGIN
                    DELETE FROM "EventKeys" WHERE "Head" = substr(OLD."Key", 1, 12) AND "EventRowId" = OLD."Id";
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                DROP TRIGGER "EventKeys_Forget";
                DROP TABLE "EventKeys";
                DELETE FROM "ServerSettings" WHERE "Key" = 'EventKeys.LastMerged';
                """);

            migrationBuilder.CreateIndex(
                name: "IX_Events_Key",
                table: "Events",
                column: "Key",
                unique: true);
        }
    }
}
